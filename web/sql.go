package web

// mostQueries is how many queries run at once.
const mostQueries = 2
