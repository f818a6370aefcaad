"""Chinese news and official texts in Chinese and English, side by side: offline, under fixed terms, ready to review."""

__version__ = "0.1.0"
