"""One event, many reports: fusing located readings into incidents, and how sure one can be. Pure."""
