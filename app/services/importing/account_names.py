# SPDX-License-Identifier: MIT
"""The names that customer systems give to the columns of accounts, reps and addresses."""

from collections.abc import Mapping

from app.services.letters import bare_letters

Names = Mapping[str, tuple[str, ...]]
"""Target field to normalised header names, the most telling first."""


def names(text: str) -> tuple[str, ...]:
    """The words of a text in their order, without accents."""
    return tuple(bare_letters(text).split())


AREA_NAMES: Names = {
    "region": names("""
        state stateprovince stateregion stateprovincename statename statecode
        stateprovincecode stateabbr province provincename addressstate addressstateprovince
        address1stateprovince address1state region regioncode bundesland departement
        prefecture statecountyofaddress bundeslandregion provincia estado
    """),
    "county_name": names("""
        countyfips countyfipscode fips fipscode fipscounty geoid county countyname countycode
        parish landkreis kreis address1county condado comte
    """),
    "postal_code": names("""
        zip zipcode postalcode postcode zippostalcode ziporpostalcode postalzip
        postalzipcode zip5 zipplus4 zips zipcodes zcta zcta5 code addresszip addresspostalcode
        addresszippostalcode address1zippostalcode address1postalcode plz postleitzahl
        codepostal cp codigopostal
    """),
    "country_name": names("""
        country countryregion countryregionname countryname countrycode countryregioncode
        addresscountry addresscountryregion address1countryregion nation land landregion
        pays paysregion pais paisregion iso2
    """),
}

ADDRESS_NAMES: Names = {
    "street": names("""
        street street1 street2 street3 streetaddress streetaddress1 streetaddress2 address
        address1 address2 address3 addressline1 addressline2 addressline3 addressstreet
        addressstreet1 addressstreet2 address1street1 address1street2 address1line1
        address1line2 streetname strasse strassehausnummer adresse rue direccion calle
    """),
    "house_number": names("housenumber houseno streetnumber hausnummer"),
    "city": names("""
        city town addresscity address1city cityname locality suburb ort stadt stadtort
        wohnort ville ciudad poblacion municipality
    """),
    **AREA_NAMES,
    "lon": names("lon lng long longitude geolongitude xlongitude gpslongitude"),
    "lat": names("lat latitude geolatitude ylatitude gpslatitude"),
}

ACCOUNT_NAMES: Names = {
    "external_id": names("""
        id accountid customerid businessentityid recordid externalid externalleadid
        externalrecordid accountnumber accountno accountnum accountcode customernumber
        customerno customercode custid custno storeid storenumber storeno clientid
        clientnumber companyid siteid locationid outletid recordidcompany objectid leadid
        dealerid kundennummer kundennr kundenid numeroclient codeclient npi key
    """),
    "name": names("""
        name accountname company companyname customer customername storename store client
        clientname businessname organization organisation organizationname organisationname
        legalname displayname accounttitle account outletname dealername sitename firma
        firmenname unternehmen unternehmensname kunde kundenname raisonsociale
        entreprise nomclient nom nombre empresa razonsocial nombrecliente leadname recordname
    """),
    "phone": names("""
        phone phonenumber mainphone accountphone companyphone businessphone telephone
        telephonenumber telephone1 tel mobile mobilephone cell cellphone telefon telefono
        telephoneprincipal telefonnummer
    """),
    "website": names("""
        companydomainname companydomain domain domainname website websiteurl webaddress url web
        homepage internetadresse webseite siteweb sitioweb email emailaddress mail emailaddress1
    """),
    **ADDRESS_NAMES,
    "address_kind": names("addresstype addresskind typeofaddress addresscategory"),
    "owner": names("""
        owneremail accountowneremail salesrepemail repemail owner ownername accountowner
        accountownername companyowner recordowner leadowner salesperson salespersonname
        salesperson1 salesrep salesrepname rep repname salesowner accountmanager accountexec
        accountexecutive assignedto assignedrep territoryowner salesmanager vertreter
        aussendienst kundenbetreuer betreuer accountinhaber vendeur commercial proprietaire
        vendedor comercial propietario responsable responsible soldby ownerid accountownerid
        salespersonid salesrepid repid hubspotownerid
    """),
    "segment": names("""
        segment customersegment marketsegment businesstype accounttype type customertype
        tier accounttier class customerclass classification category customercategory
        abcclass leadtype
    """),
    "industry": names("""
        industry sector vertical industryname primaryindustry businesssector branche
        industrysector secteuractivite sectoractividad
    """),
    "status": names("""
        status stage accountstatus customerstatus lifecyclestage leadstatus leadstage
        relationshiptype recordstatus
    """),
    "family": names("""
        family parentaccount parentaccountid parentaccountname parentid parent parentcompany
        parentcompanyid accountgroup customergroup group groupname chain banner
        ultimateparent ultimateparentid headquarter
    """),
    "visit_class": names("""
        visitclass visitfrequencyclass callclass callfrequencyclass callcategory callplanclass
        visitcategory visittier calltier servicelevel serviceclass coverageclass coveragetier
        besuchsklasse besuchskategorie besuchsfrequenzklasse classevisite clasevisita
    """),
    "created_on": names("""
        createdon createddate createdate createdtime datecreated creationdate accountcreated
        accountcreateddate customersince accountsince since clientsince opendate openeddate
        dateopened angelegtam erstelltam kundeseit datecreation fechacreacion
    """),
    "last_activity_on": names("""
        lastactivity lastactivitydate lastactivitytime lastactivityon dateoflastactivity
        lastcontacted lastcontactdate lastcontact lastinteraction lastinteractiondate lastvisit
        lastvisitdate lastcalldate letzteaktivitat letzterkontakt
        derniereactivite ultimaactividad
    """),
}

REP_NAMES: Names = {
    "external_id": names("""
        id businessentityid employeeid employeenumber employeeno repid salesrepid
        salespersonid userid externalsystemid externalid personid staffid recordid ownerid
        personnelnumber personalnummer
    """),
    "name": names("""
        name fullname repname salesrepname salesperson salespersonname salesrep rep
        employeename displayname username employee owner
    """),
    "first_name": names("firstname givenname forename vorname prenom nombre"),
    "middle_name": names("middlename middleinitial secondname"),
    "last_name": names("lastname surname familyname nachname secondsurname apellido"),
    "email": names("""
        email emailaddress mail workemail businessemail useremail owneremail repemail
        emailwork primaryemail
    """),
    "phone": names("""
        phone phonenumber mobile mobilephone cell cellphone telephone businessphone
        workphone homephone telefon phonework
    """),
    "title": names("jobtitle title role position profile userrole"),
    **ADDRESS_NAMES,
    "home_text": names("homeaddress fulladdress home"),
    "capacity_hours": names("""
        capacity capacityhours hours hoursperyear annualhours availablehours sellinghours
    """),
    "office_text": names("officeaddress office workaddress officelocation"),
    "part_time_fraction": names("""
        parttime parttimepercent fte ftepercent workloadpercent employmentlevel
        parttimefraction partoffulltime pensum
    """),
    "days_off": names("daysoff vacationdays holidays vacation leavedays"),
    "start_on": names("""
        hiredate startdate hiredon dateofhire joined joindate employedsince start firstday
        firstworkingday
    """),
    "end_on": names("enddate terminationdate leavedate lastday lastworkingday leaves end"),
    "skills": names("skills skill expertise specialties teams"),
    "languages": names("languages language spokenlanguages speaks sprachen"),
    "product_lines": names("productlines productline products productexpertise lines"),
    "segments": names("segments segment customersegments marketsegments markets"),
    "experience_years": names("""
        experience experienceyears yearsofexperience yearsinsales years seniority
    """),
    "manager": names("""
        manager managerid managername reportsto reportstoid supervisor boss managerfullname
    """),
    "cost": names("cost annualcost salary costperyear annualsalary basesalary totalcost"),
    "quota": names("""
        quota salesquota annualquota target salestarget annualtarget goal currentquota
    """),
    "notes": names("notes comment comments remarks about"),
}
