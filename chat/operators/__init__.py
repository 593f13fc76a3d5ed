"""What only operators can do, in their private chats."""
