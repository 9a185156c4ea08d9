"""How often intervals of the Python package cover what they are about."""

import numpy as np

from lantian.frames._intervals import mean_interval
from lantian.frames._ratios import ratio_of_means

SAMPLES = 3000
DRAWS = 6


def test_fiellers_interval_covers_as_often_as_it_says(oracle):
    """For normal pairs it has exactly the ratios that a t test does not reject (Fieller 1954).

    So it covers the ratio of the means, 2.5, with 95 %, however few pairs and however they hang
    together. The mean below the line, 4, is 20 standard errors from 0: the interval is bounded.
    """
    random = np.random.default_rng(oracle.seed)
    covered = 0
    for _ in range(SAMPLES):
        common, above, below = random.standard_normal((3, DRAWS))
        _, low, high = ratio_of_means(10 + 2 * common + above, 4 + 0.3 * common + 0.4 * below)
        covered += low <= 2.5 <= high
    assert oracle.agrees("covered", covered, SAMPLES, 0.95)


def test_the_t_interval_covers_where_replications_share_a_draw(oracle):
    """The means of 6 parameter draws, of 3 chances each, are independent normal values."""
    random = np.random.default_rng(oracle.seed)
    covered = 0
    for _ in range(SAMPLES):
        values = 5 + random.standard_normal((DRAWS, 1)) + 2 * random.standard_normal((DRAWS, 3))
        _, _, low, high = mean_interval(values.ravel(), chance_draws=3)
        covered += low <= 5 <= high
    assert oracle.agrees("covered", covered, SAMPLES, 0.95)
