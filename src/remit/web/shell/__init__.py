"""The frame itself: language, theme, palette, start page, error pages."""
