"""Speed of the generator and of what it generates, as ratios against named peers measured in the same run."""
