int lp_tool_dummy; 
