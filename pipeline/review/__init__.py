"""The review loop on files: hand-outs for reviewers, and taking in what they give back."""
