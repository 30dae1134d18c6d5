"""What people ask and set by /mlops alerts, subscribe and unsubscribe."""
