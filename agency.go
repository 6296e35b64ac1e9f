package gongkai

// An Agency is a body that must publish a report.
type Agency struct {
	ID     string // ours, stable: "640300-kjj"
	Name   string
	Level  Level
	Type   AgencyType
	Region string // GB/T 2260 code, six digits; 12 for townships; empty if unknown
	Parent string // ID of the agency that consolidates its figures; empty if none

	FirstYear int    // fiscal year of its first report; 0 if not known
	Visited   string // YYYY-MM-DD: when a page of its site was last captured; empty if never
}

// A Region is an administrative division.
type Region struct {
	Code       string // GB/T 2260, six digits; 12 for townships
	Name       string // empty if not known
	Province   string // the province it is or lies in
	Prefecture string // the same for the prefecture-level division; empty if none
}

// Level is a tier of government.
type Level string

// The levels of government.
const (
	National   Level = "national"
	Province   Level = "province"
	Prefecture Level = "prefecture"
	County     Level = "county"
	Township   Level = "township"
)

// AgencyType says what kind of body an agency is.
type AgencyType string

// The types of agency (domain: 政府, 政府办公厅/室, 部门, 派出机关, 街道办事处, 垂直系统, 法律法规授权组织, 公共企事业单位).
const (
	Government        AgencyType = "government"
	GovernmentOffice  AgencyType = "government_office"
	Department        AgencyType = "department"
	Dispatched        AgencyType = "dispatched"
	SubdistrictOffice AgencyType = "subdistrict_office"
	Vertical          AgencyType = "vertical"
	Empowered         AgencyType = "empowered"
	// PublicService is a school, a hospital or a utility (公共企事业单位): no agency. It
	// has no deadline, no peers and no rank.
	PublicService AgencyType = "public_service"
)

// Scope says whose figures a report gives. It is part of a report's identity:
// a trend that mixes scopes is false.
type Scope string

// The scopes of a report.
const (
	ScopeOwn          Scope = "own"          // the agency alone (本机关)
	ScopeConsolidated Scope = "consolidated" // with departments and lower governments (全市, 全县, 关区)
	ScopeLocalLevel   Scope = "local_level"  // departments of that level only (市本级)
	ScopeUnknown      Scope = "unknown"
)
