"""Options of the tests: what a script runs at greater length than CI, and what is written anew."""

from hypothesis import HealthCheck, settings

# CI draws the same examples each time; `pytest --hypothesis-profile nightly` many fresh ones.
ALLOWED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("base", deadline=None, suppress_health_check=ALLOWED)
settings.register_profile(
    "ci", settings.get_profile("base"), max_examples=40, derandomize=True, database=None
)
settings.register_profile(
    "nightly", settings.get_profile("base"), max_examples=2000, print_blob=True
)
settings.load_profile("ci")


def pytest_addoption(parser):
    parser.addoption("--kills", type=int, default=50, help="how often runs are killed")
    parser.addoption("--luck", type=int, default=1, help="seed of what the tests do at random")
    parser.addoption(
        "--update-golden", action="store_true", help="write the recorded results of scenarios anew"
    )
    parser.addoption(
        "--all-mutations", action="store_true", help="change every number, not only some"
    )
    parser.addoption(
        "--update-counts", action="store_true", help="record the kernel's instructions anew"
    )
    parser.addoption(
        "--peer-replications", type=int, default=25, help="of the plan in SimPy, half a second each"
    )
    parser.addoption("--every-call", action="store_true", help="let each call on files fail")
    parser.addoption("--flips", type=int, default=150, help="how often files are damaged")
    parser.addoption(
        "--leak-runs", type=int, default=40, help="how often what might leak is done in one process"
    )
