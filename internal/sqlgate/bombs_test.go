package sqlgate_test

import (
	"errors"
	"testing"
	"time"

	"gongkai/internal/sqlgate"
)

// TestBombs runs statements that would take all memory, all time or all room
// of the answer. Each ends within its limits, and the parent lives on.
func TestBombs(t *testing.T) {
	t.Parallel()
	path := empty(t)
	limits := sqlgate.Limits{Memory: "64MB", Spill: "16MB", Threads: 1, CPU: time.Second / 2, Time: 20 * time.Second, Output: 1 << 20}
	for _, sql := range []string{
		"SELECT length(printf('%2000000000d', 1))",
		"SELECT length(format('{:>2000000000}', 'x'))",
		"SELECT length(list_resize([1], 4000000000))",
		"SELECT length(replace(repeat('a', 1000000), 'a', repeat('b', 100000)))",
		"SELECT length(repeat('x', 4000000000))",
		"SELECT length(repeat(repeat('x', 100000), 100000))",
		"SELECT length(lpad('x', 2000000000, 'y'))",
		"SELECT length(range(4000000000))",
		"SELECT length(concat_ws('', list_transform(range(1000000), x -> repeat('x', 10000))))",
		"SELECT length(string_agg(repeat('x', 100000), '')) FROM range(1000000)",
		"SELECT length(array_agg(a || b)) FROM range(100000) a(a), range(100000) b(b)",
		"SELECT length(regexp_replace(repeat('a', 1000000), 'a', repeat('b', 100000), 'g'))",
		"SELECT length(to_json(range(300000000)))",
		"WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
		"WITH RECURSIVE t AS (SELECT 'x' AS s UNION ALL SELECT s || s FROM t) SELECT max(length(s)) FROM t",
		"WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT a.n FROM t a, range(2)) SELECT count(*) FROM t",
		"SELECT count(*) FROM range(10000000000) a, range(10000000000) b WHERE a.range = b.range + 1",
		"SELECT sum(a.range % 7) FROM range(100000000000) a",
		"SELECT max(md5(a.range::VARCHAR)) FROM range(100000000000) a",
		"SELECT a.range FROM range(1000000000) a ORDER BY hash(a.range)",
		"SELECT count(DISTINCT a.range) FROM range(10000000000) a",
		"SELECT row_number() OVER (ORDER BY hash(range)) FROM range(10000000000)",
		"SELECT range FROM range(10000000000)",
		"SELECT repeat('x', 100000) FROM range(1000)",
		"SELECT factorial(1000)",
		"SELECT levenshtein(repeat('ab', 1000000), repeat('ba', 1000000))",
	} {
		begun := time.Now()
		_, err := ask(t.Context(), sqlgate.Request{Warehouse: path, SQL: sql, Limits: limits})
		var e *sqlgate.Error
		if !errors.As(err, &e) || e.Code == sqlgate.Failed {
			t.Errorf("%s: %v", sql, err)
			continue
		}
		t.Logf("%v %s: %s: %v", time.Since(begun).Round(time.Millisecond), sql, e.Code, e)
	}
}
