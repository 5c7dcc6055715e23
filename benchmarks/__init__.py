"""Speed as ratios against something run beside it, on the same machine and in the same minute."""
