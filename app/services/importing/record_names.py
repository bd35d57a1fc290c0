# SPDX-License-Identifier: MIT
"""The names that customer systems give to the columns of sales, products, visits and contacts."""

from app.services.importing.account_names import Names, names

ACCOUNT_REFERENCE = names("""
    accountid account accountname accountnameid customerid customer customername customernumber
    customerno custid custno customercode accountnumber accountno clientid client clientname
    companyid company companyname organizationid organization organizationname organisation
    storeid store storename associatedcompanyids associatedcompanyid associatedcompany
    primaryassociatedcompany primarycompany parentcustomer parentaccount soldto soldtoid
    soldtoparty billto billtoid shipto shiptoid potentialcustomer externalleadid kundennummer
    kundennr kundenid kunde kundenname firma codeclient numeroclient nomclient cliente
    numerocliente codigocliente nombrecliente
""")
REP_REFERENCE = names("""
    repemail owneremail salesrepemail useremail rep repname salesrep salesrepname salesperson
    salespersonname owner ownername employee employeename username user seller sellername
    accountmanager accountexecutive vertreter aussendienst verkaufer vendeur vendedor
    comercial repid salesrepid salespersonid userid ownerid employeeid sellerid hubspotownerid
    businessentityid
""")
PRODUCT_REFERENCE = names("""
    productid product2id product productname productcode sku skuid item itemid itemnumber itemno
    itemcode itemname article articlenumber material materialnumber partnumber artikel
    artikelnummer artikelnr produkt produit codeproduit producto codigoproducto
""")

TRANSACTION_NAMES: Names = {
    "external_id": names("""
        orderid salesorderid ordernumber orderno ordernr order salesordernumber salesorder
        invoiceid invoicenumber invoiceno invoice opportunityid dealid dealnumber transactionid
        transactionnumber transaction documentnumber documentno receiptnumber saleid salesid
        quoteid recordid id externalid auftragsnummer auftragsnr auftrag rechnungsnummer
        rechnungsnr rechnung belegnummer belegnr bestellnummer numerocommande numerofacture
        commande facture numeropedido numerofactura pedido factura
    """),
    "line": names("""
        line lineno linenumber lineid orderline orderlineid orderlinenumber lineitem
        lineitemnumber salesorderdetailid orderdetailid position positionsnummer ligne linea
    """),
    "account": ACCOUNT_REFERENCE,
    "date": names("""
        date orderdate invoicedate closedate closeddate closingdate transactiondate salesdate
        saledate dateofsale actualclosedate estimatedclosedate estclosedate expectedclosedate
        postingdate documentdate billingdate bookingdate purchasedate datum auftragsdatum
        rechnungsdatum bestelldatum belegdatum datecommande datefacture fecha fechapedido
        fechafactura month monat mois mes createddate
    """),
    "product": PRODUCT_REFERENCE,
    "amount": names("""
        amount linetotal lineamount netamount totalamount totaldue subtotal totalprice total
        dealvalue value actualrevenue estimatedrevenue estrevenue salesamount netsales netrevenue
        sales revenue ordertotal ordervalue orderamount invoiceamount invoicetotal extendedprice
        extendedamount grosssales betrag nettobetrag umsatz summe montant montantht
        chiffreaffaires importe monto ventas
    """),
    "quantity": names("""
        quantity qty orderqty orderquantity units unitssold quantityordered
        totalopportunityquantity pieces menge anzahl stuck quantite cantidad
    """),
    "unit_price": names("""
        unitprice price salesprice priceperunit einzelpreis preis prixunitaire prix
        preciounitario precio listprice
    """),
    "discount": names("""
        discount discountpct discountpercent discountrate unitpricediscount rabatt remise
        descuento
    """),
    "stage": names("""
        stage stagename dealstage salesstage opportunitystage status orderstatus dealstatus
        statusreason pipelinestage phase etape etapa
    """),
    "is_won": names("iswon won isclosedwon"),
    "is_closed": names("isclosed closed isdealclosed"),
    "owner": (*REP_REFERENCE, *names("dealowner opportunityowner orderowner soldby")),
}

PRODUCT_NAMES: Names = {
    "external_id": names("""
        productid product2id productcode sku skuid itemid itemnumber itemno itemcode
        articlenumber materialnumber partnumber id recordid productnumber number artikelnummer
        artikelnr codeproduit codigoproducto code
    """),
    "name": names("""
        productname name product itemname item articlename title productdescription designation
        bezeichnung artikelbezeichnung artikel produkt produit libelle nombre producto
        articulo description
    """),
    "line": names("""
        productline productfamily family line category categoryname productcategory
        productgroup productlineid categoryid productcategoryid productsubcategoryid
        productsubcategory group brand producttype linie produktlinie kategorie warengruppe
        produktgruppe famille categorie gamme linea familia categoria
    """),
    "unit_price": names("""
        unitprice price listprice standardprice salesprice msrp preis listenpreis prix precio
    """),
}

PRODUCT_LINE_NAMES: Names = {
    "external_id": names("""
        categoryid productlineid productcategoryid productsubcategoryid lineid familyid groupid
        id recordid code
    """),
    "name": names("""
        categoryname productlinename productline linename familyname productcategory
        productfamily groupname line category family name kategorie produktlinie
        warengruppe categorie categoria linea
    """),
}

VISIT_NAMES: Names = {
    "external_id": names("""
        visitid activityid callid meetingid taskid eventid appointmentid id recordid externalid
    """),
    "account": (*ACCOUNT_REFERENCE, *names("whatid relatedto regarding companyaccount")),
    "date": names("""
        visitdate dateofvisit activitydate activitydatetime calldate meetingdate date
        checkindate checkintime checkin startdatetime startdate starttime start actualstart
        duedate completedon completeddate datum besuchsdatum datevisite fechavisita fecha
    """),
    "hours": names("hours durationhours visithours durationinhours stunden heures horas duration"),
    "minutes": names("""
        minutes durationinminutes durationminutes durationmin visitminutes duration minuten dauer
        duree minutos
    """),
    "owner": (*REP_REFERENCE, *names("assigned assignedto assignedtoid visitedby")),
    "outcome": names("""
        outcome result visitresult calldisposition disposition subject purpose activitytype
        visittype calltype type notes comments comment description ergebnis betreff resultat
        objet resultado asunto
    """),
}

CONTACT_NAMES: Names = {
    "external_id": names("""
        contactid id recordid personid externalid recordidcontact contactnumber email
    """),
    "account": (*ACCOUNT_REFERENCE, *names("businessentityid companyaccount recordidcompany")),
}
