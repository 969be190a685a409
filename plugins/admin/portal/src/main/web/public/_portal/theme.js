// Runs before the first paint, so that a dark page never flashes white.
(function () {
  var kept = null
  try {
    kept = localStorage.getItem('sluice-theme')
  } catch (e) {
    // Storage is refused: the system's choice will do.
  }
  var dark = kept ? kept === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  if (dark) document.documentElement.dataset.kuiTheme = 'electric-lime-night'
})()
