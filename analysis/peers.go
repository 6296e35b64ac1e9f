package analysis

import (
	"slices"

	"gongkai"
)

// A PeerGroup is a set of agencies that may be compared with one another.
// There is no list across groups.
type PeerGroup struct {
	ID   string // "county_department"
	Name string // "县级部门"
}

// Unregistered is the id of the group of reports whose agency is not in the
// register, or there without a level: nothing is known of their level, kind and
// deadline.
const Unregistered = "unregistered"

// PublicServices is the id of schools, hospitals and utilities, which are no
// agencies: no group that may be ranked.
const PublicServices = "public_service"

// Open reports whether nobody can say who belongs to the group, and so how many
// had to publish.
func (g PeerGroup) Open() bool { return g.ID == Unregistered }

// PeerGroups returns all groups, from the highest level down.
func PeerGroups() []PeerGroup {
	return []PeerGroup{
		{"national_department", "国务院部门"},
		{"province_government", "省级政府"},
		{"province_department", "省级部门"},
		{"prefecture_government", "市级政府"},
		{"prefecture_department", "市级部门"},
		{"county_government", "县级政府"},
		{"county_department", "县级部门"},
		{"township", "乡镇街道"},
		{"vertical", "垂直管理系统"},
		{Unregistered, "未登记机关"},
	}
}

// FindPeerGroup returns the group with that id or name.
func FindPeerGroup(name string) (PeerGroup, bool) {
	all := PeerGroups()
	i := slices.IndexFunc(all, func(g PeerGroup) bool { return g.ID == name || g.Name == name })
	if i < 0 {
		return PeerGroup{}, false
	}
	return all[i], true
}

// peersOf returns the id of the group of an agency. An office of a government
// (办公厅, 办公室) reports for itself and stands with the departments.
func peersOf(level, kind string) string {
	switch l, k := gongkai.Level(level), gongkai.AgencyType(kind); {
	case k == gongkai.PublicService:
		return PublicServices
	case k == gongkai.Vertical:
		return "vertical"
	case l == gongkai.Township, k == gongkai.SubdistrictOffice:
		return "township"
	case l == gongkai.National:
		return "national_department"
	case l == "":
		return Unregistered
	case k == gongkai.Government:
		return level + "_government"
	default:
		return level + "_department"
	}
}

// scopesOf lists the scopes from the one that stands for an agency of that
// kind, if it has several reports on a year, to the one that does not.
func scopesOf(kind string) []gongkai.Scope {
	if gongkai.AgencyType(kind) == gongkai.Government {
		return []gongkai.Scope{gongkai.ScopeConsolidated, gongkai.ScopeLocalLevel, gongkai.ScopeOwn, gongkai.ScopeUnknown}
	}
	return []gongkai.Scope{gongkai.ScopeOwn, gongkai.ScopeLocalLevel, gongkai.ScopeConsolidated, gongkai.ScopeUnknown}
}
