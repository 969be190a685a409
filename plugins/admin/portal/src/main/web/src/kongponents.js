// Those that the entity packages and these pages use: the rest, a date picker among them, stays out of the first load.
import {
  KAlert, KBadge, KButton, KCard, KCheckbox, KClipboardProvider, KCodeBlock, KCollapse, KCopy, KDropdown,
  KDropdownItem, KEmptyState, KExternalLink, KInput, KInputSwitch, KLabel, KModal, KMultiselect, KPrompt, KRadio,
  KSegmentedControl, KSelect, KSkeleton, KSlideout, KTableData, KTabs, KTextArea, KTooltip, KTruncate,
} from '@kong/kongponents'

export const components = {
  KAlert, KBadge, KButton, KCard, KCheckbox, KClipboardProvider, KCodeBlock, KCollapse, KCopy, KDropdown,
  KDropdownItem, KEmptyState, KExternalLink, KInput, KInputSwitch, KLabel, KModal, KMultiselect, KPrompt, KRadio,
  KSegmentedControl, KSelect, KSkeleton, KSlideout, KTableData, KTabs, KTextArea, KTooltip, KTruncate,
}
