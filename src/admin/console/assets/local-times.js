// Turns moments from UTC into the reader's zone. Without this script they stay in UTC and say so.
const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** @param {ParentNode} within */
export function localTimes(within) {
  for (const time of within.querySelectorAll('time[data-local]')) {
    if (!(time instanceof HTMLTimeElement)) continue;
    const text = moment.format(new Date(time.dateTime));
    if (time.dataset.local === 'title') time.title = text;
    else time.textContent = text;
  }
}

localTimes(document);
