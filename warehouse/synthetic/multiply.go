package synthetic

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// copies are the statements that copy the first reports once more: copy {k}
// is of other agencies and of years that no other copy has, so that no table is
// another agency's table of the same year.
var copies = []string{
	"INSERT INTO document SELECT * REPLACE (md5(document || {k}) AS document, agency_id || '-' || {k} AS agency_id, year + {y} AS year) FROM document WHERE year < {first}",
	`INSERT INTO report SELECT * REPLACE ({id} AS report_id, md5(document || {k}) AS document, agency_key || '-' || {k} AS agency_key,
		agency_id || '-' || {k} AS agency_id, agency || {k} AS agency, year + {y} AS year, identity || '-' || {k} AS identity,
		replace(title, year::VARCHAR, (year + {y})::VARCHAR) AS title, make_date(year + {y}, 1, 1) AS period_first, make_date(year + {y}, 12, 31) AS period_last)
		FROM report WHERE year < {first}`,
	"INSERT INTO report_table SELECT * REPLACE ({id} AS report_id) FROM report_table SEMI JOIN (FROM report WHERE year < {first}) USING (report_id)",
	"INSERT INTO section SELECT * REPLACE ({id} AS report_id) FROM section SEMI JOIN (FROM report WHERE year < {first}) USING (report_id)",
	"INSERT INTO fact SELECT * REPLACE ({id} AS report_id) FROM fact SEMI JOIN (FROM report WHERE year < {first}) USING (report_id)",
	"INSERT INTO cell SELECT * REPLACE ({id} AS report_id) FROM cell SEMI JOIN (FROM report WHERE year < {first}) USING (report_id)",
}

// Multiply copies all reports in a warehouse of made reports times-1 times,
// within DuckDB: the quick way to a large one. It must be called once only.
func Multiply(ctx context.Context, db *sql.DB, times int) error {
	for k := 1; k < times; k++ {
		fill := strings.NewReplacer(
			"{id}", fmt.Sprintf("(hash(report_id, %d) >> 11)::BIGINT", k),
			"{k}", fmt.Sprintf("'%d'", k), "{y}", fmt.Sprint(k*Years), "{first}", fmt.Sprint(FirstYear+Years))
		for _, s := range copies {
			if _, err := db.ExecContext(ctx, fill.Replace(s)); err != nil {
				return fmt.Errorf("copy %d: %w", k, err)
			}
		}
	}
	return nil
}
