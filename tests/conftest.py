"""Options of the tests: what a script runs at greater length than CI, and what is written anew."""


def pytest_addoption(parser):
    parser.addoption("--kills", type=int, default=50, help="how often runs are killed")
    parser.addoption("--luck", type=int, default=1, help="seed of what the tests do at random")
    parser.addoption(
        "--update-golden", action="store_true", help="write the recorded results of scenarios anew"
    )
    parser.addoption(
        "--all-mutations", action="store_true", help="change every number, not only some"
    )
    parser.addoption("--every-call", action="store_true", help="let each call on files fail")
