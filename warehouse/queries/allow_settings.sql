-- What may be set while all else is locked: how a question is read, answered and how fast; nothing that names a file to
-- write, and nothing that loosens DuckDB's own guards.
SET allowed_configs = [
    'Calendar', 'TimeZone', 'default_null_order', 'default_order', 'enable_progress_bar', 'errors_as_json',
    'explain_output', 'file_search_path', 'ieee_floating_point_ops', 'integer_division', 'lambda_syntax',
    'max_expression_depth', 'memory_limit', 'max_memory', 'null_order', 'old_implicit_casting',
    'order_by_non_integer_literal', 'pivot_filter_threshold', 'pivot_limit', 'preserve_insertion_order',
    'scalar_subquery_error_on_multiple_rows', 'schema', 'search_path', 'threads', 'worker_threads'
]
