package analysis_test

import (
	"context"
	"fmt"
	"log"

	"gongkai"
	"gongkai/analysis"
	"gongkai/extract"
	"gongkai/warehouse"
)

// A program opens a warehouse, checks it, reads the years of one agency and
// ranks a peer group. (A file is opened with ReadOnly; this warehouse is in
// memory, with the reports of twelve bureaus.)
func Example() {
	ctx := context.Background()
	db, err := warehouse.Open(ctx, ":memory:", warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	fill(ctx, db)

	summary, findings, err := analysis.Check(ctx, db.SQL(), analysis.CheckOptions{Rules: []string{"T3-ROW"}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(summary.Reports, "reports checked")
	for _, f := range findings {
		fmt.Println(f.Agency, f.Year, f.Rule, f.Left, "is not", f.Right)
	}

	view, err := analysis.ViewAgency(ctx, db.SQL(), "乙局")
	if err != nil {
		log.Fatal(err)
	}
	for _, m := range view.Measures {
		if m.Measure == "requests_received" {
			fmt.Println(m.Title, m.Figures[2023].Value, m.Figures[2024].Value)
		}
	}

	ranking, err := analysis.Rank(ctx, db.SQL(), analysis.RankOptions{Year: 2024, PeerGroup: "county_department", Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	for _, stratum := range ranking.Strata {
		for _, s := range stratum.Standings {
			if s.Agency == "乙局" {
				fmt.Printf("%s ranks between %d and %d of %d\n", s.Agency, s.Low, s.High, len(stratum.Standings))
			}
		}
	}
	// Output:
	// 14 reports checked
	// 乙局 2024 T3-ROW 3 is not 4
	// 新收申请 3 4
	// 乙局 ranks between 12 and 12 of 12
}

// fill loads the reports of two bureaus for two years and of ten others for one:
// fewer than ten are not ranked. 乙局 has a row in 2024 that does not add up.
func fill(ctx context.Context, db *warehouse.DB) {
	var items []warehouse.Item
	for year := 2023; year <= 2024; year++ {
		a := received(registered(zeroReport(fmt.Sprint("a", year), "甲局", year), "a"), 5)
		b := received(registered(zeroReport(fmt.Sprint("b", year), "乙局", year), "b"), int64(year-2020))
		if year == 2024 {
			set(b, "granted", "company", 3, gongkai.Disputed)
		}
		items = append(items, a, b)
	}
	agencies := []gongkai.Agency{bureau("a", "甲局"), bureau("b", "乙局")}
	for i := range 10 {
		id, name := fmt.Sprint("c", i), fmt.Sprintf("第%d处", i)
		agencies = append(agencies, bureau(id, name))
		items = append(items, received(registered(zeroReport(id, name, 2024), id), 5))
	}
	if err := db.SetAgencies(ctx, agencies); err != nil {
		log.Fatal(err)
	}
	if _, err := db.Load(ctx, items); err != nil {
		log.Fatal(err)
	}
}

// A name that is a part of several, or none, is a coded error.
func ExampleFindAgency() {
	ctx := context.Background()
	db, err := warehouse.Open(ctx, ":memory:", warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	fill(ctx, db)
	for _, name := range []string{"乙局", "局", "样县财政局"} {
		agency, err := analysis.FindAgency(ctx, db.SQL(), name)
		fmt.Println(agency.Key, err)
	}
	// Output:
	// b <nil>
	//  "局" may be 甲局 (a), 乙局 (b)
	//  no agency is called "样县财政局"
}
