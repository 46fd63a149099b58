import type { LookUpAnswer } from './look-up.js';
import type { PublicLicence } from './public-licence.js';

/** The look-up as a page that needs no script. */
export function searchPage(boards: readonly string[], answer: LookUpAnswer | undefined, problem: string | undefined): string {
  const found = answer === undefined ? '' : answer.items.length === 0 ? '<p>Nothing was found.</p>' : list(answer);

  return page('Licence look-up', `<p>${escaped(boards.join(', '))}</p>
<form method="get" action="/look-up">
${['number', 'name', 'npi'].map((field) => `<label>${field} <input name="${field}" maxlength="120"></label>`).join('\n')}
<button>Look up</button></form>
${problem === undefined ? '' : `<p role="alert">${escaped(problem)}</p>`}${found}`);
}

/** One licence as a page. */
export function licencePage(licence: PublicLicence): string {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Holder', licence.holder], ['Number', licence.numberAsPrinted ?? licence.licence.number], ['Type', licence.licence.type], ['Board', licence.board], ['Status', licence.status],
    ['May practise', licence.authority], ['Issued', licence.issuedOn], ['Valid through', licence.validThru], ['As of', licence.asOf],
  ];
  const actions = licence.actions.map(({ type, effectiveFrom, effectiveThru, orderNumber, decidedOn, document }) => `<tr>${[type, effectiveFrom, effectiveThru, orderNumber, decidedOn].map((value) => `<td>${escaped(value ?? '')}</td>`).join('')}<td>${document === undefined ? '' : `<a href="${escaped(document.href)}">document</a>`}</td></tr>`);

  return page('Licence', `<table>${rows.map(([name, value]) => (value === undefined ? '' : `<tr><th scope="row">${name}</th><td>${escaped(value)}</td></tr>`)).join('')}</table>
<h2>Public actions</h2>${actions.length === 0 ? '<p>None.</p>' : `<table><tr><th>Action</th><th>From</th><th>Through</th><th>Order</th><th>Decided</th><th></th></tr>${actions.join('')}</table>`}
<p><a href="/look-up">Another licence</a></p>`);
}

function list({ items, more }: LookUpAnswer): string {
  const rows = items.map(({ holder, licence: { number, type }, board, status, href }) => `<tr><td>${escaped(holder ?? '')}</td><td><a href="${escaped(href.replace('/v1/public/licences', '/look-up'))}">${escaped(number)}</a></td><td>${escaped(type)}</td><td>${escaped(board)}</td><td>${escaped(status)}</td></tr>`);

  return `<table>${rows.join('')}</table>${more ? '<p>There are more; ask more narrowly.</p>' : ''}`;
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head><body><h1>${title}</h1>\n${body}\n</body></html>\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
