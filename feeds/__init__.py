"""What is polled and how: from feeds.yaml and HTTP bytes to entries. Knows no other stage."""
