package oddities

// A Kind is a kind of behaviour.
type Kind struct {
	Number int
	Name   string
	// Tests are those that cover what no case can, each a folder and a name.
	Tests []string
}

// Kinds returns the kinds of behaviour in the order of their numbers.
func Kinds() []Kind {
	all := []Kind{
		{Name: "TRS: createPageHTML"},
		{Name: "TRS: countPage, a first page that fails"},
		{Name: "a tree of years, departments and regions", Tests: []string{"crawler/platform TestSystems"}},
		{Name: "jpage: datastore and dataproxy", Tests: []string{"crawler/platform TestSystems"}},
		{Name: "jpaas: queryData and fragments in JSON"},
		{Name: "gkmlpt: shell and interface", Tests: []string{"crawler/platform TestSystems", "cmd/gongkai TestDemo"}},
		{Name: "ucap: searchList", Tests: []string{"crawler/platform TestSystems", "cmd/gongkai TestDemo"}},
		{Name: "VSB: falling page numbers, framed files, captchas"},
		{Name: "ASP.NET: __VIEWSTATE"},
		{Name: "pagers in base64, dropdowns, JSONP"},
		{Name: "character sets", Tests: []string{"crawler/transport TestToUTF8"}},
		{Name: "types that are declared wrong, files that are cut", Tests: []string{"crawler/fetch TestServerFaults"}},
		{Name: "links to attachments", Tests: []string{"crawler/platform TestFiles"}},
		{Name: "files of other kinds, scans, twins", Tests: []string{"internal/testbed/fixture TestPicturesAreNoTables"}},
		{Name: "challenges, bans, too many requests", Tests: []string{"crawler/fetch TestBanIsSeenAsOne", "crawler/fetch TestRetryAfterPausesTheHost"}},
		{Name: "soft 404s, sites that moved"},
		{Name: "refreshes, frames, redirects, cookies"},
		{Name: "ways to other machines", Tests: []string{"crawler/fetch TestAddressesOffTheList", "crawler/fetch TestNameAndAddressFaults"}},
		{Name: "floods, drips, bombs, depth", Tests: []string{"crawler/fetch TestServerFaults"}},
		{Name: "TLS", Tests: []string{"crawler/fetch TestTLSFaults"}},
		{Name: "robots.txt", Tests: []string{"crawler/fetch TestRobots"}},
		{Name: "traps", Tests: []string{"crawler/platform TestCalendarLoop"}},
		{Name: "second nights: validators, corrections, withdrawals", Tests: []string{"crawler/fetch TestSecondNight", "cmd/gongkai TestNights"}},
		{Name: "redesigns", Tests: []string{"crawler TestRedesignIsNoticed", "crawler TestDoubt", "cmd/gongkai TestNights"}},
		{Name: "names and years that clash, decoys", Tests: []string{"crawler TestParseTitle", "crawler TestMatch"}},
		{Name: "tables that are hard to find", Tests: []string{"internal/testbed/fixture TestEveryStyleIsReadExactly", "cmd/gongkai TestSplitReport"}},
		{Name: "many agencies on a host, many hosts at an address", Tests: []string{"crawler/fetch TestDelayHoldsThroughRetriesAndRedirects", "crawler/fetch TestDelayHoldsPerAddress", "crawler TestSitesOnOneHostTakeTurns"}},
		{Name: "kills", Tests: []string{"crawler TestKilledAnywhere", "crawler/archive TestKillLosesNothingAcknowledged", "cmd/gongkai TestNightKilled"}},
		{Name: "replays without the network", Tests: []string{"crawler/fetch TestReplayGivesTheSameAsTheCrawl", "cmd/gongkai TestDemo"}},
	}
	for i := range all {
		all[i].Number = i + 1
	}
	return all
}
