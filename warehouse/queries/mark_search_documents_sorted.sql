UPDATE search.document SET is_appended = false WHERE is_appended
