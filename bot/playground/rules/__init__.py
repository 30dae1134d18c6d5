"""Slack's rules for what an app sends: pure functions that name the first thing that is wrong.

shape.py has the words the rules are written in; objects, elements, rich_text, data and kinds are the tables;
blocks, views and chunks are what the methods ask.
"""
