"""What an article says: relevance, signals, facility, status, actor, harm. Pure but for loading the model."""
