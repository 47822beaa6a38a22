/** The parts of ECharts that our charts use, and no more. */
import { BarChart, GaugeChart, HeatmapChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, LegendComponent, LegendScrollComponent, MarkLineComponent, TooltipComponent, VisualMapContinuousComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, PieChart, HeatmapChart, GaugeChart, GridComponent, TooltipComponent, LegendComponent, LegendScrollComponent, MarkLineComponent, VisualMapContinuousComponent, CanvasRenderer]);

export { init };
