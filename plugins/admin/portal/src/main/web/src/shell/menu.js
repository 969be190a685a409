import { reactive } from 'vue'

/** Whether the sidebar is unfolded, where there is no room for it beside the page. */
export const menu = reactive({ open: false })
