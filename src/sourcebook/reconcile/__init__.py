"""Claims about one subject put side by side: agreement, independence, codebook rules."""
