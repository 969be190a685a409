// What screen readers would be told wrongly by the packages, put right where it appears. Each line names the fault.
const MENDERS = [
  // A picture without a name: an ornament beside a text, or within a button that has a name.
  ['svg[role="img"]:not([aria-label])', (svg) => {
    if (svg.querySelector(':scope > title')) return
    svg.removeAttribute('role')
    svg.setAttribute('aria-hidden', 'true')
  }],
  // A list box around a field and its list, which is neither: the field within has its own label.
  ['.select-wrapper[role="listbox"], .multiselect-wrapper[role="listbox"]', (wrapper) => {
    wrapper.removeAttribute('role')
    wrapper.removeAttribute('aria-controls')
  }],
  // Its items are no options without it: each has a button.
  ['.select-item[role="option"]', (item) => {
    item.removeAttribute('role')
    item.removeAttribute('aria-selected')
  }],
  // The same of a list of several, with what is chosen and a button within.
  ['.multiselect-trigger[role="listbox"]', (trigger) => {
    trigger.setAttribute('role', 'group')
    trigger.removeAttribute('aria-controls')
    name(trigger, trigger.closest('.k-multiselect')?.querySelector('label')?.textContent.trim() || 'Choose')
  }],
  // A button with nothing but a picture is called as its purpose.
  ['button.icon-button:not([aria-label])', (button) => {
    if (!button.textContent.trim()) name(button, (button.dataset.testid ?? 'action').replaceAll('-', ' '))
  }],
  // Code that scrolls is to be reached with the keyboard.
  ['pre code, pre', (code) => code.setAttribute('tabindex', '0')],
  // A switch without a label beside it: it is called as the group that it switches.
  ['.switch-control', (control) => {
    const label = document.getElementById(control.getAttribute('aria-labelledby') ?? '')
    if (label?.textContent.trim() || control.hasAttribute('aria-label')) return
    const group = control.closest('.k-card')?.querySelector('.card-title, h1, h2, h3, h4, h5, b')
    const purpose = group?.textContent.trim() || control.closest('[data-testid]:not(.switch-control)')?.dataset.testid?.replaceAll('-', ' ')
    if (!purpose) return
    control.removeAttribute('aria-labelledby')
    name(control, purpose)
  }],
  // Tabs are not children of their list: what is between them says nothing.
  ['[role="tablist"] > li', (item) => {
    item.setAttribute('role', 'presentation')
    item.removeAttribute('tabindex')
  }],
  // And a tab names a panel that has another name.
  ['[role="tab"][aria-controls*="#"]', (tab) => tab.removeAttribute('aria-controls')],
  // A button that takes an entry of a list away.
  ['button.delete:not([aria-label])', (button) => {
    if (!button.textContent.trim()) name(button, 'Remove this entry')
  }],
  // An entry of a list, called by a label that is not there or by none: it is called as the list.
  ['.form-group input:not([type="checkbox"], [type="radio"], [aria-label]), .form-group textarea:not([aria-label])', (field) => {
    if (field.labels?.length || document.getElementById(field.getAttribute('aria-labelledby') ?? '')) return
    const group = field.closest('.form-group:has(> label)')
    const label = group?.querySelector(':scope > label')?.textContent.trim()
    if (!label) return
    field.removeAttribute('aria-labelledby')
    name(field, label)
  }],
  // A label for a field that has no such number: it is given it.
  ['.k-input > label[for], .k-textarea > label[for]', (label) => {
    if (document.getElementById(label.htmlFor)) return
    const field = label.parentElement.querySelector('input:not([id]), textarea:not([id])')
    if (field) field.id = label.htmlFor
  }],
  // What is unfolded comes later than the button that says so.
  ['.ff-object-field-toggle-btn[aria-controls]', (button) => button.removeAttribute('aria-controls')],
  // Two buttons of nothing but a picture, to make a limit more or one less.
  ['.rla-form-request-limits-actions button:not([aria-label])', (button) => {
    name(button, button.querySelector('.remove-icon') ? 'Remove this limit' : 'Add a limit')
  }],
]

function name(element, text) {
  element.setAttribute('aria-label', text)
}

function mend(root) {
  for (const [selector, repair] of MENDERS) {
    if (root.matches?.(selector)) repair(root)
    root.querySelectorAll?.(selector).forEach(repair)
  }
}

/** Looks after a part of the document, now and whenever something is added to it. */
export function lookAfter(root) {
  mend(root)
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const added of change.addedNodes) if (added.nodeType === Node.ELEMENT_NODE) mend(added)
    }
  }).observe(root, { childList: true, subtree: true })
}
