//! What is said where a company's history is looked through, in Spanish.

use crate::texts::activity::{ActivityTexts, Key};
use crate::texts::translation;

translation! { ActivityTexts, SPANISH, Spanish {
    activity_lead = "Todo lo que ha ocurrido aquí, a mano y de forma automática. Los días y las horas están en UTC.";
    person = "Persona";
    person_hint = "Nombre o dirección";
    about = "Tema";
    everything = "Todo";
    way_in = "Vía";
    all_ways = "Todas las vías";
    about_licences = "Licencias asignadas y retiradas";
    about_invites = "Invitaciones";
    about_people = "Personas y grupos";
    about_orders = "Pedidos";
    about_expiry = "Vencimientos y fechas de fin";
    way_hand = "A mano";
    way_import = "Importación";
    way_rule = "Regla automática";
    filters = "Filtros";
    from_chip = "Desde el {day}";
    until_chip = "Hasta el {day}";
    take_off = "Quitar el filtro: {filter}";
    clear_filters = "Quitar los filtros";
    somebody = "Alguien";
    nothing_yet = "Todavía no ha ocurrido nada";
    nothing_yet_text = "En cuanto alguien haga algo aquí, quedará anotado en esta página.";
    nothing_found = "No se ha encontrado nada";
    nothing_found_text = "Nada del historial cumple todos estos filtros.";
    today = "Hoy";
    yesterday = "Ayer";
    who_held = "Quién tenía una licencia ese día";
    what_happened = "Qué ocurrió ese día";
    sync_named = "Sincronización del directorio {name}";
    looked_until = "Revisado hasta el {day}. Antes hay más.";
    lines_first = "Se muestra {count} entrada; hay más. | Se muestran {count} entradas; hay más.";
    lines_all = "Se muestra {count} entrada. | Se muestran {count} entradas.";
    details = "Detalles";
    details_of = "Detalles: {what}";
    exact_time = "Hora exacta";
    done_by = "Hecho por";
    to_whom = "A quién";
    other_person = "Otra persona";
    before_and_since = "Antes y después";
    new_end = "Termina";
    import_file = "Importación";
    seal = "Sello";
    sealed_in = "Entrada {entry}, sellada con el número {number}";
    not_sealed = "Entrada {entry}, se sellará en unos minutos";
}}
