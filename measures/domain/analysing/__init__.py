"""From scores to findings: thresholds, drafts with their links, last year, and the trace."""
