SELECT line, problem FROM corrections WHERE problem IS NOT NULL ORDER BY line
