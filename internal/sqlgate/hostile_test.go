package sqlgate

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/extract"
	"gongkai/queries"
	"gongkai/warehouse"
)

// readers are table functions that open files, or would run other text.
var readers = strings.Fields(`read_csv read_csv_auto read_text read_blob read_json read_json_auto read_json_objects read_ndjson
	read_ndjson_objects read_parquet parquet_scan parquet_metadata parquet_file_metadata parquet_schema read_duckdb glob sniff_csv
	query query_table json_execute_serialized_sql seq_scan arrow_scan`)

// positions are where a table may stand in a query.
var positions = []string{
	"FROM %s", "SELECT (SELECT count(*) FROM %s)", "WITH t AS (FROM %s) FROM t", "SELECT 1 UNION ALL SELECT count(*) FROM %s",
	"SUMMARIZE FROM %s", "SELECT 1 WHERE EXISTS (FROM %s)", "FROM range(1) r, LATERAL (FROM %s)", "PIVOT (FROM %s) ON 1 IN (1) USING count(*)",
}

// hostileStatements must be refused before anything is opened.
func hostileStatements(file string) []string {
	var all []string
	for i, f := range readers {
		for j := range 4 { // four positions each, all of them over the list
			all = append(all, fmt.Sprintf(positions[(i+j*3)%len(positions)], f+"('"+file+"')"))
		}
		all = append(all, fmt.Sprintf(`SELECT * FROM "%s"('%s')`, strings.ToUpper(f), file), fmt.Sprintf("FROM system.main.%s('%s')", f, file))
	}
	for i, name := range []string{
		"'" + file + "'", `"` + file + `"`, "'*.csv'", "'/etc/passwd'", "'https://example.org/x.parquet'", "'s3://bucket/x.csv'", "'x.db'.main.cell",
		"duckdb_settings()", "duckdb_secrets()", "duckdb_databases()", "duckdb_logs()", "duckdb_temporary_files()", "duckdb_variables()",
		"pragma_database_size()", "pragma_platform()", "pragma_user_agent()", "which_secret('s3://x', 's3')", "test_all_types()",
		"repeat('x', 1000000000)", "checkpoint()", "force_checkpoint()", "sql_auto_complete('SEL')", "pg_catalog.pg_settings", "sqlite_master",
	} {
		all = append(all, fmt.Sprintf(positions[i%len(positions)], name), "SELECT count(*) FROM "+name)
	}
	for _, call := range []string{
		"getenv('HOME')", "getvariable('x')", "current_setting('temp_directory')", "system.main.getenv('PATH')", "'HOME'.getenv()", "write_log('x')",
		"sleep_ms(1000000)", "pg_sleep(1000)", "nextval('s')", "setseed(0.5)", "json_execute_serialized_sql('{}')", "txid_current()",
		"json_serialize_plan('SELECT 1')", "json_deserialize_sql('{}')", "__internal_decompress_string(1)", "pg_conf_load_time()", "getenv()",
		"list_transform(['HOME'], x -> getenv(x))", "(SELECT max(getenv('HOME')) OVER ())", "count(*) FILTER (getenv('HOME') = '')",
	} {
		all = append(all, "SELECT "+call, "SELECT 1 WHERE "+call+" IS NOT NULL")
	}
	return append(all, strings.Split(strings.TrimSpace(statements), "\n")...)
}

const statements = `
CREATE TABLE x AS SELECT 1
CREATE TEMP TABLE x AS SELECT 1
CREATE OR REPLACE VIEW cell AS SELECT 1
CREATE MACRO f() AS getenv('HOME')
CREATE TEMP MACRO f() AS TABLE FROM read_text('/etc/passwd')
CREATE SECRET s (TYPE s3)
CREATE TYPE t AS ENUM ('a')
CREATE SEQUENCE s
INSERT INTO cell SELECT * FROM cell
INSERT INTO cell BY NAME FROM cell RETURNING *
UPDATE cell SET raw = ''
DELETE FROM cell
TRUNCATE cell
MERGE INTO cell USING cell c ON true WHEN MATCHED THEN DELETE
DROP TABLE cell
ALTER TABLE cell ADD COLUMN x INTEGER
COMMENT ON TABLE cell IS 'x'
COPY cell TO 'x.csv'
COPY (SELECT 1) TO '/dev/stdout'
COPY cell FROM 'x.csv'
EXPORT DATABASE 'x'
IMPORT DATABASE 'x'
ATTACH 'x.db'
ATTACH ':memory:' AS m
DETACH w
USE temp
INSTALL httpfs
LOAD httpfs
FORCE INSTALL spatial
UPDATE EXTENSIONS
SET threads = 64
SET lock_configuration = false
SET VARIABLE x = 1
RESET memory_limit
PRAGMA database_list
PRAGMA enable_profiling
CALL pragma_version()
CALL duckdb_settings()
CHECKPOINT
FORCE CHECKPOINT
VACUUM
ANALYZE
BEGIN
COMMIT
ROLLBACK
PREPARE p AS SELECT 1
EXECUTE p
DEALLOCATE p
EXPLAIN SELECT 1
EXPLAIN ANALYZE SELECT 1
SHOW DATABASES
DESCRIBE 'x.csv'
SUMMARIZE 'x.csv'
SELECT 1; DROP TABLE cell
SELECT 1; SELECT 2
SELECT 1) UNION ALL (SELECT 2
WITH x AS (DELETE FROM cell RETURNING *) FROM x
PIVOT cell ON row_id USING count(*)`

// admitting returns the gate of an empty warehouse, open for reading.
func admitting(t *testing.T) func(text string) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "w.duckdb")
	made, err := warehouse.Open(t.Context(), path, warehouse.Options{Forms: extract.Forms(), Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	w, err := warehouse.Open(t.Context(), path, warehouse.Options{ReadOnly: true, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	db, err := w.SQL().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	names, err := readAllowed(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return func(text string) error {
		_, err := names.admit(t.Context(), db, text)
		return err
	}
}

// TestHostileStatements refuses what reaches for files, settings, the
// environment, extensions or the data. The gate only parses: nothing that is
// named here can have been opened.
func TestHostileStatements(t *testing.T) {
	t.Parallel()
	admit := admitting(t)
	all := hostileStatements("/etc/hostname.csv")
	if len(all) < 200 {
		t.Errorf("only %d statements", len(all))
	}
	for _, text := range all {
		var e *Error
		if err := admit(text); !errors.As(err, &e) || !e.Refused() {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestOwnQueries: all queries that come with the program may be run.
func TestOwnQueries(t *testing.T) {
	t.Parallel()
	admit := admitting(t)
	all, err := queries.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range all {
		if err := admit(q.SQL); err != nil {
			t.Errorf("%s: %v", q.Name, err)
		}
	}
}
