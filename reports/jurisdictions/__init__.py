"""Jurisdictions: what differs from county to county, as versioned data with its sources."""
