"""The use cases, in the order a report takes: collect, assess, fuse, deliver; and subscriptions, history, status."""
