import '@scalpdesk/bots/strategy-process'
