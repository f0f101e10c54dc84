"""Who may see and do what: the policies, and how they become decisions and SQL."""
