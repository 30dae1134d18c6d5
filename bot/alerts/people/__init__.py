"""What people do with alerts by clicks, and who may."""
