// Where the page's own script could not begin (a browser that is too old for it, a file that was lost on the way), a person
// is told so, and whom to call. Written for browsers that know nothing newer than the year 2009.
window.addEventListener("load", function () {
  if (document.documentElement.getAttribute("data-started")) { return; }
  var line = document.getElementById("not-started");
  if (line) { line.removeAttribute("hidden"); }
});
