"use strict";
(function () {
  var form = document.getElementById("filter");
  var said = document.getElementById("said");
  var conflicts = Array.prototype.slice.call(document.querySelectorAll(".conflict"));
  var ofClaim = Array.prototype.slice.call(document.querySelectorAll("tr[data-claim], figure[data-claim]"));

  function value(name) {
    var field = form.elements[name];
    return field ? field.value : "";
  }

  function fits(conflict) {
    var data = conflict.dataset;
    var source = value("source");
    return (value("claim") === "" || data.claim === value("claim")) &&
      (source === "" || data.sources.split(" ").indexOf(source) >= 0) &&
      (value("kind") === "" || data.kind === value("kind")) &&
      (value("status") === "" || data.status === value("status"));
  }

  function filter() {
    var shown = 0;
    conflicts.forEach(function (conflict) {
      conflict.hidden = !fits(conflict);
      if (!conflict.hidden) { shown += 1; }
    });
    var claim = value("claim");
    ofClaim.forEach(function (part) {
      part.hidden = claim !== "" && part.dataset.claim !== claim;
    });
    document.getElementById("shown").textContent =
      shown + " of " + conflicts.length + (conflicts.length === 1 ? " divergence." : " divergences.");
  }

  function open(part) {
    for (var up = part.parentElement; up; up = up.parentElement) {
      if (up.tagName === "DETAILS") { up.open = true; }
    }
  }

  function jump(step) {
    var visible = conflicts.filter(function (conflict) { return !conflict.hidden; });
    if (visible.length === 0) { return; }
    var at = visible.indexOf(document.activeElement && document.activeElement.closest(".conflict"));
    var next;
    if (at >= 0) {
      next = at + step;
    } else {
      // The first one below, or the last one above, what is read now.
      var below = visible.findIndex(function (conflict) { return conflict.getBoundingClientRect().top > 1; });
      if (below < 0) { below = visible.length; }
      next = step > 0 ? below : below - 1;
    }
    next = Math.max(0, Math.min(visible.length - 1, next));
    open(visible[next]);
    visible[next].focus({ preventScroll: true });
    visible[next].scrollIntoView({ block: "start" });
    said.textContent = (next + 1) + " of " + visible.length;
  }

  function copied(text, button) {
    function tell() {
      var label = button.firstChild;
      var old = label.nodeValue;
      label.nodeValue = "Copied";
      said.textContent = "Citation copied";
      window.setTimeout(function () { label.nodeValue = old; }, 1500);
    }
    function by_selection() {
      var area = document.createElement("textarea");
      area.value = text;
      area.className = "unseen";
      document.body.appendChild(area);
      area.select();
      var done = document.execCommand("copy");
      area.remove();
      button.focus();
      if (done) { tell(); } else { window.prompt("Copy the citation:", text); }
    }
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text).then(tell, by_selection);
    } else {
      by_selection();
    }
  }

  form.hidden = false;
  form.addEventListener("change", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { window.setTimeout(filter, 0); });
  document.querySelectorAll("button.copy").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { copied(button.dataset.citation, button); });
  });
  document.addEventListener("keydown", function (event) {
    var tag = event.target.tagName;
    if (event.ctrlKey || event.metaKey || event.altKey || tag === "INPUT" || tag === "SELECT" || tag === "TEXTAREA") { return; }
    if (event.key === "n") { jump(1); }
    if (event.key === "p") { jump(-1); }
  });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (fold) { fold.open = true; });
  });
  // A link to a divergence in a fold opens the fold.
  function follow() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) { open(target); target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", follow);
  filter();
  follow();
})();
