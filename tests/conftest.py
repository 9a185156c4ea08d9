"""Options of the tests that a script runs at greater length than CI."""


def pytest_addoption(parser):
    parser.addoption("--kills", type=int, default=50, help="how often runs are killed")
    parser.addoption("--luck", type=int, default=1, help="seed of what the tests do at random")
