package analysis

import (
	"database/sql"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	_ "gongkai/warehouse" // the driver
)

// someStandings makes reports in all states, with equal scores among them.
func someStandings(random *rand.Rand, n int) []standing {
	list := make([]standing, n)
	for i := range list {
		s := &list[i]
		s.AgencyKey, s.counted = fmt.Sprintf("agency-%04d", i), random.IntN(20) > 0
		s.handled = []int64{0, random.Int64N(12), random.Int64N(130), random.Int64N(4000)}[random.IntN(4)]
		for range 6 {
			s.Values = append(s.Values, someValue(random))
		}
	}
	return list
}

func someValue(random *rand.Rand) Value {
	v := Value{State: Known, Known: true, Value: min(1, float64(random.IntN(14))/10), cap: random.IntN(25) == 0}
	if random.IntN(3) == 0 {
		v.Value = random.Float64()
	}
	v.Low, v.High = v.Value, v.Value
	switch random.IntN(16) {
	case 0:
		v = Value{State: Open, Low: random.Float64() / 2, High: 1}
	case 1:
		v = Value{State: NotApplicable}
	case 2:
		v = Value{State: Fault, Known: true}
	}
	for k := range 6 {
		v.variants[k/3][k%3] = variant{v.Known, v.Value}
	}
	return v
}

// written gives the values as CSV: every digit of them, for another program.
func written(t *testing.T, r *Ranking, list []standing) string {
	path := filepath.Join(t.TempDir(), "values.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	digits := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	w := csv.NewWriter(file)
	w.Write([]string{"agency_key", "handled", "counted", "dimension", "weight", "state", "value", "low", "high", "cap"})
	for i := range list {
		handled, counted := strconv.FormatInt(list[i].handled, 10), strconv.FormatBool(list[i].counted)
		for d, v := range list[i].Values {
			w.Write([]string{list[i].AgencyKey, handled, counted, strconv.Itoa(d + 1), digits(r.Dimensions[d].Weight), string(v.State), digits(v.Value), digits(v.Low), digits(v.High), strconv.FormatBool(v.cap)})
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		t.Fatal(err)
	}
	return path
}

// recomputed runs testdata/recompute.sql over the values.
func recomputed(t *testing.T, r *Ranking, list []standing) *sql.DB {
	db, err := sql.Open("duckdb", "?threads=1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	script, err := os.ReadFile("testdata/recompute.sql")
	if err != nil {
		t.Fatal(err)
	}
	load := fmt.Sprintf(`CREATE TABLE value AS FROM read_csv('%s', header = true, columns = {'agency_key': 'VARCHAR', 'handled': 'BIGINT', 'counted': 'BOOLEAN', 'dimension': 'INTEGER',
		'weight': 'DOUBLE', 'state': 'VARCHAR', 'value': 'DOUBLE', 'low': 'DOUBLE', 'high': 'DOUBLE', 'cap': 'BOOLEAN'});`, written(t, r, list))
	if _, err := db.Exec(load + string(script)); err != nil {
		t.Fatal(err)
	}
	return db
}

// TestRecompute wants a second program, in SQL alone, to come to the same ranking
// from the same values: to the last digit in all that is not drawn.
func TestRecompute(t *testing.T) {
	t.Parallel()
	for _, n := range []int{9, 15, 60, 400} {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			random := rand.New(rand.NewPCG(uint64(n), 77))
			m := TheMethod()
			r := &Ranking{Draws: 20, Seed: 3, Coverage: m.Rank.Coverage, Fewest: m.Rank.Fewest}
			r.Dimensions = append(r.Dimensions, []Dimension{
				{Name: "d1_timeliness", Weight: 20},
				{Name: "d2_completeness", Weight: 20},
				{Name: "d3_format", Weight: 10},
				{Name: "d4_arithmetic", Weight: 25},
				{Name: "d5_continuity", Weight: 15},
				{Name: "d6_text", Weight: 10},
			}...)
			list := someStandings(random, n)
			db := recomputed(t, r, list)
			r.settle(slices.Clone(list))
			sameStandings(t, r, db)
			sameSensitivity(t, r, db)
		})
	}
}

// sameStandings compares what stands in a line of the ranking.
func sameStandings(t *testing.T, r *Ranking, db *sql.DB) {
	want := map[string]string{}
	rows, err := db.Query(`SELECT agency_key, r.score, r.score_without_d4, r.least, r.most, r.coverage, r.band, r.capped_band, coalesce(middle_rank, 0), coalesce(last_rank, 0)
		FROM rated r LEFT JOIN placed p USING (agency_key)`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var key, band, capped string
		var score, without, least, most, coverage float64
		var first, last int
		if err := rows.Scan(&key, &score, &without, &least, &most, &coverage, &band, &capped, &first, &last); err != nil {
			t.Fatal(err)
		}
		want[key] = fmt.Sprint(score, without, least, most, coverage, band, capped, first, last)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	compare := func(s *Standing) {
		if got := fmt.Sprint(s.Score, s.WithoutD4, s.Least, s.Most, s.Coverage, s.Band, s.CappedBand, s.Median, s.Last); got != want[s.AgencyKey] {
			t.Errorf("%s: %s; in SQL %s", s.AgencyKey, got, want[s.AgencyKey])
		}
		delete(want, s.AgencyKey)
	}
	for i := range r.NotRanked {
		compare(&r.NotRanked[i])
	}
	for _, s := range r.Strata {
		for i := range s.Standings {
			compare(&s.Standings[i])
		}
	}
	if len(want) > 0 {
		t.Errorf("not in the ranking: %v", want)
	}
}

// sameSensitivity compares effective weights and the largest moves.
func sameSensitivity(t *testing.T, r *Ranking, db *sql.DB) {
	rows, err := db.Query(`SELECT e.stratum, e.dimension, effective, max_shift FROM effective e JOIN without w ON w.stratum = e.stratum AND w.skipped = e.dimension ORDER BY ALL`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	at := 0
	for ; rows.Next(); at++ {
		var stratum, dimension, shift int
		var effective float64
		if err := rows.Scan(&stratum, &dimension, &effective, &shift); err != nil {
			t.Fatal(err)
		}
		if at/6 >= len(r.Strata) {
			t.Fatalf("more strata in SQL than the %d", len(r.Strata))
		}
		s := r.Strata[at/6]
		if got := s.Effective[dimension-1]; math.Abs(got-effective) > 1e-9 {
			t.Errorf("%s, dimension %d: effective weight %g, in SQL %g", s.Name, dimension, got, effective)
		}
		if got := s.Sensitivity[dimension-1].MaxShift; got != shift {
			t.Errorf("%s without dimension %d: the largest move is %d, in SQL %d", s.Name, dimension, got, shift)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if at != 6*len(r.Strata) {
		t.Errorf("%d lines in SQL for %d strata", at, len(r.Strata))
	}
}
