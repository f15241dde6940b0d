"""What workers must share: codes, tokens, sessions, stages and the journal, behind one port."""
