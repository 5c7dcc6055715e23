-- Rows of small loads wait in the catalog until they are written to files.
CALL ducklake_flush_inlined_data('lake')
