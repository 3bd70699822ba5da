package io.s3s3;

import java.util.ArrayList;
import java.util.List;

import io.s3s3.internal.http.HedgingMark;
import io.s3s3.location.LocationRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkClient;

/**
 * Reports clients whose reads are not hedged although hedging is on: only the HTTP client
 * of the starter can hedge.
 */
abstract class UnhedgedClients {

	private static final Logger logger = LoggerFactory.getLogger(UnhedgedClients.class);

	static void report(SdkClient primary, SdkClient secondary, String kind) {
		List<String> found = new ArrayList<>();
		if (!HedgingMark.isOn(primary)) {
			found.add(LocationRole.PRIMARY.tag());
		}
		if (!HedgingMark.isOn(secondary)) {
			found.add(LocationRole.SECONDARY.tag());
		}
		if (!found.isEmpty()) {
			logger.warn(
					"Reads are not hedged at the {} location, whatever s3s3.hedge.enabled says: "
							+ "the {} client does not use the HTTP client of the starter",
					String.join(" and the ", found), kind);
		}
	}

}
