"""SQL -> answers: one question, a file of them, or a shell, read-only on the published snapshot."""
